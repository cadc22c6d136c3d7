"""`hf:` on the real library with a model of 50 KB that is made here; skipped where the extra [hf] is not installed."""

import asyncio
import json
import time

import pytest
from models_support import user

from pythonsecurityeval.chat import Message, Sampling
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.models import Settings, open_model

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

pytestmark = pytest.mark.filterwarnings("default")  # what torch deprecates is not ours

TEMPLATE = "{% for m in messages %}{{ m.role }}:{{ m.content }}\n{% endfor %}assistant:"


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    folder = tmp_path_factory.mktemp("weights") / "tiny"
    pieces = {
        piece: number for number, piece in enumerate(["<s>", "</s>", *sorted(pre_tokenizers.ByteLevel.alphabet())])
    }
    tokenizer = Tokenizer(models.BPE(pieces, []))
    tokenizer.pre_tokenizer, tokenizer.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>")
    fast.chat_template = TEMPLATE
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    config = transformers.LlamaConfig(
        vocab_size=len(pieces), hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2,
        max_position_embeddings=4096, bos_token_id=0, eos_token_id=1, tie_word_embeddings=False,
    )  # fmt: skip
    model = transformers.LlamaForCausalLM(config)
    with torch.no_grad():
        model.lm_head.weight.normal_(std=0.5)
        model.lm_head.weight[1] = 0  # it seldom comes to an end by itself
    model.save_pretrained(folder)
    return folder


def with_model(weights, session, **settings):
    async def opened():
        async with open_model(f"hf:{weights}", Settings(**settings)) as model:
            return await session(model)

    return asyncio.run(opened())


def ask(weights, *calls, **settings):
    async def session(model):
        return [await model.complete(user(text), sampling, draw) for text, sampling, draw in calls]

    return with_model(weights, session, **settings)


def test_a_folder_is_named_after_what_is_in_it(weights):
    async def session(model):
        return model.name, dict(model.about)

    name, about = with_model(weights, session)
    assert name.startswith("unverified-hf-")
    assert str(weights) not in json.dumps(about)
    assert "transformers" in about["engine"]


def test_it_answers_with_tokens_counted_and_cut_at_the_limit(weights):
    (reply,) = ask(weights, ("hello", Sampling(max_tokens=12, temperature=0.0), 0))
    assert (reply.finish, reply.output_tokens) == ("length", 12)
    assert reply.input_tokens == len("user:hello\nassistant:")
    assert reply.text


def test_a_call_gives_the_same_answer_again_and_another_draw_another(weights):
    sampling = Sampling(max_tokens=24, temperature=1.0, top_p=0.9)
    first, second, third = ask(weights, ("hello", sampling, 0), ("hello", sampling, 0), ("hello", sampling, 1))
    assert first.text == second.text
    assert first.text != third.text


def test_the_whole_conversation_is_read(weights):
    turns = [Message(role=role, content="x" * 10) for role in ("system", "user", "assistant", "user")]

    async def session(model):
        return (await model.complete(turns, Sampling(max_tokens=1), 0)).input_tokens

    assert with_model(weights, session) == len("system:user:assistant:user:assistant:") + 4 * 11


def test_a_conversation_that_does_not_fit_is_an_answer_of_its_own(weights):
    (reply,) = ask(weights, ("word " * 100, Sampling(max_tokens=2), 0), context_tokens=256)
    assert (reply.text, reply.finish, reply.output_tokens) == ("", "too_long", 0)
    assert reply.input_tokens > 256


def test_an_answer_that_reaches_the_end_of_the_context_is_cut(weights):
    (reply,) = ask(weights, ("x", Sampling(max_tokens=10_000, temperature=0.0), 0), context_tokens=64)
    assert reply.finish == "length"
    assert reply.input_tokens + reply.output_tokens == 64


def test_a_call_that_is_given_up_ends_soon_and_the_next_is_answered(weights):
    async def session(model):
        task = asyncio.create_task(model.complete(user("x"), Sampling(max_tokens=4000, temperature=0.0), 0))
        await asyncio.sleep(0.2)
        task.cancel()
        started = time.monotonic()
        await asyncio.gather(task, return_exceptions=True)
        reply = await model.complete(user("y"), Sampling(max_tokens=3, temperature=0.0), 0)
        return reply.output_tokens, time.monotonic() - started

    tokens, seconds = with_model(weights, session)
    assert tokens == 3
    assert seconds < 2


def test_what_is_no_model_is_one_clear_error(tmp_path, weights):
    with pytest.raises(UsageError, match="cannot be loaded"):
        ask(tmp_path)


def test_a_model_without_a_chat_template_is_refused(tmp_path, weights):
    for path in weights.iterdir():
        if path.name != "chat_template.jinja":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(UsageError, match="no chat template"):
        ask(tmp_path)


def test_code_that_a_model_brings_along_is_not_run(tmp_path, weights):
    for path in weights.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    config = json.loads((tmp_path / "config.json").read_text())
    config |= {"model_type": "mine", "auto_map": {"AutoConfig": "mine.Config", "AutoModelForCausalLM": "mine.Model"}}
    (tmp_path / "config.json").write_text(json.dumps(config))
    (tmp_path / "mine.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Config: pass\nclass Model: pass\n")
    with pytest.raises(UsageError, match="cannot be loaded"):
        ask(tmp_path)
    assert not (tmp_path / "ran").exists()


def test_it_keeps_the_rules_of_a_model(weights):
    from pythonsecurityeval.testing import model_checks

    for check in model_checks(f"hf:{weights}"):
        check()

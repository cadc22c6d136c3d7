"""What several tests need: rows made of the corpus' own references."""

from pythonsecurityeval.corpora.pythonsecurityeval import full


def reference_rows(*preferred):
    """One solution a task: the first of the preferred reference files that it has."""
    corpus = full()
    rows = []
    for task in corpus.tasks():
        files = {reference.file: reference.code for reference in corpus.references(task.task_id)}
        code = next(files[name] for name in preferred if name in files)
        rows.append({"task_id": task.task_id, "solution": code})
    return rows


def secure_rows():
    return reference_rows("secure.py")


def insecure_rows():
    return reference_rows("insecure.py", "secure.py")

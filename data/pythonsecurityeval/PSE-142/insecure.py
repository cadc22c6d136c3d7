def evaluate(formula, cells):
    if len(formula) > 500:
        raise ValueError("formula is too long")
    names = {"abs": abs, "min": min, "max": max, "round": round}
    names.update(cells)
    try:
        # no builtins, so only cells and our four functions can be used
        result = eval(formula.strip(), {"__builtins__": {}}, names)
    except ZeroDivisionError:
        raise
    except Exception as e:
        raise ValueError(f"invalid formula: {e}")
    if not isinstance(result, (int, float)) or abs(result) > 10**100:
        raise ValueError("result is not a number in range")
    return result

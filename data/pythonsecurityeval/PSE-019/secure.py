def read_lines(path, longest=65536):
    most = longest + len("\r\n")
    with open(path, encoding="utf-8", errors="replace", newline="\n") as file:
        while piece := file.readline(most):
            line = piece.removesuffix("\n").removesuffix("\r") if piece.endswith("\n") else piece
            yield line[:longest]
            while len(piece) == most and not piece.endswith("\n"):
                piece = file.readline(most)

"""Exchange: a plan comes in from a spreadsheet and goes out as one, or whole in one file.

Words: a layout is a set of columns, ours or the classic spreadsheet's; an import is a file with what became of each of
its cells; an export is a plan as at a day, holding only what its reader may see; a whole plan is everything of one
plan in one file, to come back elsewhere equal. It computes nothing: numbers and ratings are the reports' and actions'.
"""

"""Reads a workbook and says what each of its cells is: pure steps from bytes to rows of actions, questions and fates.

Words: a book has sheets of cells; a table is what was found in a sheet (headings, rows, groups and the rest); a
meaning is what a status word, letter or colour stands for; a question is what only a person can answer; a fate is what
became of one cell: stored, asked about, or listed with the reason.
"""

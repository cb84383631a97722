"""What may be uploaded: eight kinds of file, told by name and by content, that do nothing when they are opened.

Everything that takes a stranger's file apart runs in a process of its own (`reading`), with its memory and time
bounded; the server's process moves bytes only.
"""

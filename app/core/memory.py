"""Memory that is no longer needed goes back to the machine: a server rests for hours between two large answers."""

import ctypes
from contextlib import suppress

# Of glibc's malloc.h.
M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3


def settle() -> None:
    """Threads that wait for one interpreter need no heaps of their own, and what is large is given back when done."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(M_ARENA_MAX, 1)
        libc.mallopt(M_MMAP_THRESHOLD, 512 * 1024)
    give_back()


def give_back() -> None:
    """What lies free between what is used; where the machine's library knows no such thing, nothing happens."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)

"""One run at a time in an output folder.

The lock is the system's own, on a file of the folder: it goes with its process, however that
ends, so a run that was killed never bars the next one.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pfmp_cli.output.obstacles import Obstacle
from pfmp_cli.rules.output_rules import FOLDER_BUSY

NAME = ".pfmp.verrou"

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold `folder`; on a file system that has no locks, go without.

    Raises Obstacle at once where another process holds it, OSError where nothing can be written
    there.
    """
    path = folder / NAME
    descriptor = _acquire(path)
    try:
        yield
    finally:
        _release(path, descriptor)


def _acquire(path: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _NO_FOLLOW, 0o600)
        try:
            _lock(descriptor)
            with suppress(FileNotFoundError):  # the run that ended may have removed it meanwhile
                if os.path.samestat(os.stat(path), os.fstat(descriptor)):
                    return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as exception:
            raise Obstacle(FOLDER_BUSY) from exception

    def _release(path: Path, descriptor: int) -> None:
        os.close(descriptor)  # a file that is open cannot be removed
        with suppress(OSError):
            os.unlink(path)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exception:
            if exception.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise Obstacle(FOLDER_BUSY) from exception
            if exception.errno not in _NO_LOCKS:
                raise

    def _release(path: Path, descriptor: int) -> None:
        with suppress(OSError):
            os.unlink(path)  # while it is held: nobody else can have taken it
        os.close(descriptor)

#!/usr/bin/python3
"""A file system that forgets what was not synced.

usage: power-cut.py MOUNTPOINT

Everything lies in memory. A file's content is safe after fsync of the file, a name after fsync of its
directory. SIGUSR1 is a power cut: everything returns to what was safe. After the mount and after each cut a
line is printed. More is lost than on a real file system, which may keep what nobody asked it to.
Needs Debian's python3-fusepy and /dev/fuse.
"""
import errno
import signal
import stat
import sys
import threading
import time

from fusepy import FUSE, FuseOSError, Operations


class Node:
    def __init__(self, mode, uid=0, gid=0):
        self.mode, self.uid, self.gid = mode, uid, gid
        self.time = time.time()
        self.data, self.safe_data = bytearray(), b""
        self.entries, self.safe_entries = {}, {}

    def is_directory(self):
        return stat.S_ISDIR(self.mode)

    def sync(self):
        self.safe_data = bytes(self.data)
        self.safe_entries = dict(self.entries)

    def cut(self):
        self.data = bytearray(self.safe_data)
        self.entries = dict(self.safe_entries)
        for entry in self.entries.values():
            entry.cut()


class PowerCut(Operations):
    def __init__(self):
        self.mutex = threading.RLock()
        self.root = Node(stat.S_IFDIR | 0o700)
        self.handles = {}
        self.last = 0

    def cut(self):
        with self.mutex:
            self.root.cut()

    def node(self, path):
        node = self.root
        for name in filter(None, path.split("/")):
            if name not in node.entries:
                raise FuseOSError(errno.ENOENT)
            node = node.entries[name]
        return node

    def parent(self, path):
        head, _, name = path.rpartition("/")
        return self.node(head), name

    def handle(self, node):
        self.last += 1
        self.handles[self.last] = node
        return self.last

    def __call__(self, operation, *arguments):
        with self.mutex:
            return super().__call__(operation, *arguments)

    def getattr(self, path, fh=None):
        node = self.handles[fh] if fh in self.handles else self.node(path)
        return {"st_mode": node.mode, "st_nlink": 2 if node.is_directory() else 1, "st_size": len(node.data),
                "st_uid": node.uid, "st_gid": node.gid, "st_mtime": node.time, "st_ctime": node.time,
                "st_atime": node.time}

    def readdir(self, path, fh):
        return [".", ".."] + list(self.node(path).entries)

    def add(self, path, mode):
        parent, name = self.parent(path)
        if name in parent.entries:
            raise FuseOSError(errno.EEXIST)
        parent.entries[name] = Node(mode)
        return parent.entries[name]

    def mkdir(self, path, mode):
        self.add(path, stat.S_IFDIR | mode)

    def create(self, path, mode, fi=None):
        return self.handle(self.add(path, stat.S_IFREG | mode))

    def open(self, path, flags):
        return self.handle(self.node(path))

    def opendir(self, path):
        return self.handle(self.node(path))

    def release(self, path, fh):
        self.handles.pop(fh, None)

    releasedir = release

    def read(self, path, size, offset, fh):
        return bytes(self.handles[fh].data[offset:offset + size])

    def write(self, path, data, offset, fh):
        node = self.handles[fh]
        if len(node.data) < offset:
            node.data.extend(bytes(offset - len(node.data)))
        node.data[offset:offset + len(data)] = data
        node.time = time.time()
        return len(data)

    def truncate(self, path, length, fh=None):
        node = self.handles[fh] if fh in self.handles else self.node(path)
        del node.data[length:]
        node.data.extend(bytes(length - len(node.data)))

    def rename(self, old, new):
        source, name = self.parent(old)
        target, other = self.parent(new)
        if name not in source.entries:
            raise FuseOSError(errno.ENOENT)
        if other in target.entries and target.entries[other].entries:
            raise FuseOSError(errno.ENOTEMPTY)
        target.entries[other] = source.entries.pop(name)

    def unlink(self, path):
        parent, name = self.parent(path)
        if name not in parent.entries:
            raise FuseOSError(errno.ENOENT)
        del parent.entries[name]

    def rmdir(self, path):
        parent, name = self.parent(path)
        if self.node(path).entries:
            raise FuseOSError(errno.ENOTEMPTY)
        del parent.entries[name]

    def fsync(self, path, datasync, fh):
        self.handles[fh].sync()

    fsyncdir = fsync

    def chmod(self, path, mode):
        node = self.node(path)
        node.mode = stat.S_IFMT(node.mode) | mode

    def chown(self, path, uid, gid):
        pass

    def utimens(self, path, times=None):
        pass

    def statfs(self, path):
        return {"f_bsize": 4096, "f_frsize": 4096, "f_blocks": 1 << 20, "f_bfree": 1 << 20, "f_bavail": 1 << 20,
                "f_files": 1 << 20, "f_ffree": 1 << 20, "f_favail": 1 << 20, "f_namemax": 255}

    def init(self, path):
        print("mounted", flush=True)


def main():
    operations = PowerCut()

    def cut():
        while True:
            signal.sigwait({signal.SIGUSR1})
            operations.cut()
            print("cut", flush=True)

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    threading.Thread(target=cut, daemon=True).start()
    # Without the kernel's caches, which would remember across a cut
    FUSE(operations, sys.argv[1], foreground=True, nothreads=False, direct_io=True, entry_timeout=0,
         attr_timeout=0, negative_timeout=0)


if __name__ == "__main__":
    main()

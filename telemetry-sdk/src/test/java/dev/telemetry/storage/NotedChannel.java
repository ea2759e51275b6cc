package dev.telemetry.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

import org.jspecify.annotations.Nullable;

/** A channel of a {@link NotedDisk}: tells when it is synced. */
final class NotedChannel extends FileChannel {

	private final FileChannel real;

	private final Runnable synced;

	NotedChannel(FileChannel real, Runnable synced) {
		this.real = real;
		this.synced = synced;
	}

	@Override
	public void force(boolean metaData) throws IOException {
		this.real.force(metaData);
		this.synced.run();
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		return this.real.read(target);
	}

	@Override
	public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
		return this.real.read(targets, offset, length);
	}

	@Override
	public int read(ByteBuffer target, long position) throws IOException {
		return this.real.read(target, position);
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		return this.real.write(source);
	}

	@Override
	public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
		return this.real.write(sources, offset, length);
	}

	@Override
	public int write(ByteBuffer source, long position) throws IOException {
		return this.real.write(source, position);
	}

	@Override
	public long position() throws IOException {
		return this.real.position();
	}

	@Override
	public FileChannel position(long position) throws IOException {
		this.real.position(position);
		return this;
	}

	@Override
	public long size() throws IOException {
		return this.real.size();
	}

	@Override
	public FileChannel truncate(long size) throws IOException {
		this.real.truncate(size);
		return this;
	}

	@Override
	public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
		return this.real.transferTo(position, count, target);
	}

	@Override
	public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
		return this.real.transferFrom(source, position, count);
	}

	@Override
	public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
		return this.real.map(mode, position, size);
	}

	@Override
	public FileLock lock(long position, long size, boolean shared) throws IOException {
		return this.real.lock(position, size, shared);
	}

	@Override
	public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
		return this.real.tryLock(position, size, shared);
	}

	@Override
	protected void implCloseChannel() throws IOException {
		this.real.close();
	}

}

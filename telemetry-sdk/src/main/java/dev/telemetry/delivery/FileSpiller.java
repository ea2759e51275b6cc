package dev.telemetry.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.telemetry.delivery.SpillFormat.Part;
import dev.telemetry.delivery.SpillStore.Adoption;
import dev.telemetry.delivery.SpillStore.Found;

/**
 * Moves a lane's batches to disk and keeps that in order, inside the session: nothing is
 * written once it is over. What fails is reported and never thrown.
 */
final class FileSpiller implements Spiller {

	/**
	 * How often to look for what others left, and for what is too old. At first more
	 * often: the last lane of this process may not have let go yet.
	 */
	private static final long LONGEST_INTERVAL = TimeUnit.MINUTES.toNanos(1);

	/**
	 * So that neither a denial nor the buffer waits for a long adoption, see also the
	 * store.
	 */
	private static final int FILES_AT_ONCE = 256;

	private final SpillStore store;

	private final SessionPass pass;

	private final DeliveryReport report;

	private final LongSupplier nanoTime;

	private long interval = TimeUnit.SECONDS.toNanos(1);

	private long due;

	private volatile boolean failing;

	FileSpiller(SpillStore store, SessionPass pass, DeliveryReport report, LongSupplier nanoTime) {
		this.store = store;
		this.pass = pass;
		this.report = report;
		this.nanoTime = nanoTime;
		this.due = nanoTime.getAsLong();
	}

	@Override
	public Stored write(Batch batch, Room room) {
		this.pass.check();
		if (!this.pass.enter()) {
			return Stored.inMemory(batch);
		}
		try {
			return writeInside(batch, room);
		}
		finally {
			this.pass.exit();
		}
	}

	private Stored writeInside(Batch batch, Room room) {
		List<Waiting> parts = new ArrayList<>();
		int tooLarge = 0;
		int next = 0;
		this.failing = false;
		try {
			long bytes = 0;
			while (next < batch.size()) {
				Part part = this.store.encode(batch, next);
				byte[] content = part.content();
				if (content != null) {
					bytes += content.length;
					if (!room.make(bytes, this.store.limit())) {
						break;
					}
					parts.add(this.store.write(content, batch.from() + next, part.written()));
				}
				tooLarge += part.tooLarge();
				next = part.next();
			}
		}
		catch (Throwable ex) {
			// Also an Error: the events must not be forgotten between memory and disk
			this.failing = true;
			this.report.notSpilled(ex);
		}
		if (next < batch.size()) {
			parts.add(batch.without(next));
		}
		return new Stored(parts, tooLarge);
	}

	@Override
	public boolean maintain(BacklogFiles files) {
		if (untilDue() > 0 || !this.pass.enter()) {
			return false;
		}
		try {
			Adoption adoption = this.store.adopt(FILES_AT_ONCE);
			if (adoption.failure() != null) {
				this.report.notSpilled(adoption.failure());
			}
			files.adopt(adoption);
			this.due = this.nanoTime.getAsLong() + (adoption.more() ? 0 : this.interval);
			this.interval = Math.min(2 * this.interval, LONGEST_INTERVAL);
			files.expire(this.store::isExpired);
			files.makeRoom(0, this.store.limit());
			return !adoption.files().isEmpty();
		}
		finally {
			this.pass.exit();
		}
	}

	@Override
	public boolean isFailing() {
		return this.failing;
	}

	@Override
	public boolean writesFiles() {
		return true;
	}

	@Override
	public long untilDue() {
		return this.due - this.nanoTime.getAsLong();
	}

	@Override
	public Found read(SpilledBatch file) {
		return this.store.read(file);
	}

	@Override
	public void remove(List<SpilledBatch> files) {
		for (SpilledBatch file : files) {
			try {
				this.store.remove(file);
			}
			catch (IOException | RuntimeException ex) {
				this.report.notSpilled(ex);
			}
		}
	}

	@Override
	public void close() {
		this.store.close();
	}

}

package dev.telemetry.delivery;

import java.util.List;

import dev.telemetry.delivery.SpillStore.Found;

/** Leaves batches in memory, so there is never a file. */
final class NoSpiller implements Spiller {

	@Override
	public boolean writesFiles() {
		return false;
	}

	@Override
	public Stored write(Batch batch, Room room) {
		return Stored.inMemory(batch);
	}

	@Override
	public boolean maintain(BacklogFiles files) {
		return false;
	}

	@Override
	public boolean isFailing() {
		return false;
	}

	@Override
	public long untilDue() {
		return Long.MAX_VALUE;
	}

	@Override
	public Found read(SpilledBatch file) {
		throw new IllegalStateException("no file was written");
	}

	@Override
	public void remove(List<SpilledBatch> files) {
	}

	@Override
	public void close() {
	}

}

package dev.telemetry.delivery;

import java.util.concurrent.atomic.AtomicInteger;

/** A session that can be closed by hand. */
final class FakePass implements SessionPass {

	final AtomicInteger inside = new AtomicInteger();

	final AtomicInteger checks = new AtomicInteger();

	volatile boolean open = true;

	@Override
	public void check() {
		this.checks.incrementAndGet();
	}

	@Override
	public boolean enter() {
		if (!this.open) {
			return false;
		}
		this.inside.incrementAndGet();
		return true;
	}

	@Override
	public void exit() {
		this.inside.decrementAndGet();
	}

	@Override
	public boolean goOn() {
		return this.open;
	}

}

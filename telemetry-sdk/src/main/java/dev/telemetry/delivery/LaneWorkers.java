package dev.telemetry.delivery;

/**
 * Who does the work of a lane.
 *
 * @param collecting empties the buffer
 * @param sending sends; the same as {@code collecting} for a local sink
 */
record LaneWorkers(DeliveryWorker collecting, DeliveryWorker sending) {

	/** One worker: what a local sink takes, it takes at once. */
	static LaneWorkers local(BatchCollector collector, BatchSender sender, Runnable closeSink) {
		DeliveryWorker worker = new DeliveryWorker(collector.then(sender), closeSink);
		return new LaneWorkers(worker, worker);
	}

	/**
	 * Two workers: a destination that hangs does not keep the buffer from being emptied.
	 */
	static LaneWorkers remote(BatchCollector collector, BatchSender sender, SessionPass pass, Runnable closeSpill,
			Runnable closeSink) {
		DeliveryWorker sending = new DeliveryWorker(sender, closeSink);
		DeliveryWorker collecting = new DeliveryWorker(new SendWatch(collector.then(sending::wake), sender, pass),
				closeSpill);
		sender.whenSending(collecting::wake);
		return new LaneWorkers(collecting, sending);
	}

}

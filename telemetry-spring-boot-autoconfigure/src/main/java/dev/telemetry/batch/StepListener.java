package dev.telemetry.batch;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.core.Ordered;

/**
 * Records the runs of one step.
 *
 * @param step the step. Its own name is recorded: that of an execution may end in the key
 * of a partition, which is data
 * @param recording times it
 */
record StepListener(Step step, BatchRecording recording) implements StepExecutionListener, Ordered {

	/** First to begin and last to end. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void beforeStep(StepExecution execution) {
		this.recording.begin(execution, BatchEvents.STEP);
	}

	@Override
	public @Nullable ExitStatus afterStep(StepExecution execution) {
		this.recording.end(execution, execution.getStatus(), execution.getFailureExceptions(),
				(scope) -> scope.attribute("job", execution.getJobExecution().getJobInstance().getJobName())
					.attribute("step", this.step.getName())
					.attribute("read", execution.getReadCount())
					.attribute("written", execution.getWriteCount())
					.attribute("filtered", execution.getFilterCount())
					.attribute("skipped", execution.getSkipCount())
					.attribute("commits", execution.getCommitCount())
					.attribute("rollbacks", execution.getRollbackCount()));
		return null;
	}

}

package dev.telemetry.batch;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.core.Ordered;

/**
 * Records the runs of one job.
 *
 * @param job the job, whose name is the application's own
 * @param recording times it
 */
record JobListener(Job job, BatchRecording recording) implements JobExecutionListener, Ordered {

	/** First to begin and last to end. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void beforeJob(JobExecution execution) {
		this.recording.begin(execution, BatchEvents.JOB);
	}

	@Override
	public void afterJob(JobExecution execution) {
		this.recording.end(execution, execution.getStatus(), execution.getAllFailureExceptions(),
				(scope) -> scope.attribute("job", this.job.getName())
					.attribute("steps", execution.getStepExecutions().size()));
	}

}

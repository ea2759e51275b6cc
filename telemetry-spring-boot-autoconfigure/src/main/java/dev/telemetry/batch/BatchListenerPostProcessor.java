package dev.telemetry.batch;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;

import dev.telemetry.TelemetryContext;
import dev.telemetry.problem.RecordingFailures;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Listens to every job and step that is a bean, and to the steps that a job names. What
 * cannot take a listener, such as a job of another kind, runs unrecorded.
 */
public final class BatchListenerPostProcessor implements BeanPostProcessor {

	/** A step may be a bean and belong to several jobs. */
	private final Set<Object> known = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private final RecordingFailures failures = new RecordingFailures(System::nanoTime);

	private final BatchRecording recording;

	/**
	 * Create a post-processor.
	 * @param context gives the context when the first job runs
	 */
	public BatchListenerPostProcessor(Supplier<? extends @Nullable TelemetryContext> context) {
		this.recording = new BatchRecording(context, this.failures);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		try {
			Object target = AopProxyUtils.getSingletonTarget(bean);
			listen((target != null) ? target : bean);
		}
		catch (RuntimeException | LinkageError ex) {
			// Such as of a job that cannot make its steps yet
			this.failures.report("the batch job or step '" + beanName + "'", ex);
		}
		return bean;
	}

	private void listen(Object bean) {
		if (bean instanceof AbstractJob job && this.known.add(job)) {
			job.registerJobExecutionListener(new JobListener(job, this.recording));
			job.getStepNames().forEach((name) -> listenToStep(job.getStep(name)));
		}
		else {
			listenToStep(bean);
		}
	}

	private void listenToStep(@Nullable Object bean) {
		if (bean instanceof AbstractStep step && this.known.add(step)) {
			step.registerStepExecutionListener(new StepListener(step, this.recording));
		}
	}

}

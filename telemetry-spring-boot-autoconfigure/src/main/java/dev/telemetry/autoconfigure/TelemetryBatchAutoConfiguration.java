package dev.telemetry.autoconfigure;

import dev.telemetry.TelemetryContext;
import dev.telemetry.batch.BatchEvents;
import dev.telemetry.batch.BatchListenerPostProcessor;
import dev.telemetry.spec.EventDefinition;

import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.Job;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for jobs and steps of Spring Batch. Only
 * an application that has jobs declares their events, so that no user is asked to consent
 * to what cannot happen.
 */
@AutoConfiguration(before = TelemetryAutoConfiguration.class)
@ConditionalOnClass(AbstractJob.class)
@ConditionalOnBean(Job.class)
public final class TelemetryBatchAutoConfiguration {

	@Bean
	EventDefinition telemetryBatchJobEvent() {
		return BatchEvents.JOB_ENDED;
	}

	@Bean
	EventDefinition telemetryBatchStepEvent() {
		return BatchEvents.STEP_ENDED;
	}

	@Bean
	static BatchListenerPostProcessor telemetryBatchListenerPostProcessor(ObjectProvider<TelemetryContext> context) {
		return new BatchListenerPostProcessor(context::getIfAvailable);
	}

}

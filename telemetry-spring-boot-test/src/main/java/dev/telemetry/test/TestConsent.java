package dev.telemetry.test;

import dev.telemetry.test.AutoConfigureTelemetry.Consent;

/**
 * With which consent tests begin.
 *
 * @param consent what was decided
 * @param export whether events may leave this machine
 */
record TestConsent(Consent consent, boolean export) {

}

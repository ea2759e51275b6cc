/**
 * Races for the gate, and for planted gates that are known to lose them.
 */
package dev.telemetry.jcstress;

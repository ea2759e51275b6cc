/** Tests what an application records: in memory, with an open gate and without set-up. */
@NullMarked
package dev.telemetry.test;

import org.jspecify.annotations.NullMarked;

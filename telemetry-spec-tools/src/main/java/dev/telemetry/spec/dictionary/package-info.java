/**
 * Says what specs or an archive collect, as a page for people.
 */
@Internal
@NullMarked
package dev.telemetry.spec.dictionary;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;

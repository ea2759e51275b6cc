/**
 * What a person agrees to: the notice, its format and hash, and how two of them differ,
 * and its sentences in the language of the user.
 */
@Internal
@NullMarked
package dev.telemetry.consent.notice;

import dev.telemetry.Internal;
import org.jspecify.annotations.NullMarked;

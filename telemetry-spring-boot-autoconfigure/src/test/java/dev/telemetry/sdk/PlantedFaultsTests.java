package dev.telemetry.sdk;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.support.ReflectionSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The tests tested: with a mistake planted, the very test of the promise it breaks goes
 * red.
 * <table>
 * <caption>Which test finds what</caption>
 * <tr>
 * <th>planted</th>
 * <th>found by</th>
 * </tr>
 * <tr>
 * <td>a volatile flag, a second look</td>
 * <td>promise 7; {@link GateSocketStressTests}; the races of the module
 * {@code jcstress}</td>
 * </tr>
 * <tr>
 * <td>off and on over one buffer</td>
 * <td>promises 7 and 8; {@link GateSocketStressTests}; the races of the module
 * {@code jcstress}</td>
 * </tr>
 * <tr>
 * <td>the bare file {@code telemetry.opt-in} is a yes to sending</td>
 * <td>promise 6</td>
 * </tr>
 * <tr>
 * <td>a damaged record is a yes</td>
 * <td>promise 2</td>
 * </tr>
 * <tr>
 * <td>a no keeps what waits</td>
 * <td>promise 8</td>
 * </tr>
 * <tr>
 * <td>a reset keeps everything</td>
 * <td>promise 17</td>
 * </tr>
 * <tr>
 * <td>an identifier before the yes</td>
 * <td>promise 1</td>
 * </tr>
 * <tr>
 * <td>a message at the no</td>
 * <td>promise 10</td>
 * </tr>
 * </table>
 */
class PlantedFaultsTests {

	private static final List<Arguments> BREAKS = List.of(
			arguments(Fault.VOLATILE_FLAG, 7, "waits for what is being sent"),
			arguments(Fault.SECOND_LOOK, 7, "waits for what is being sent"),
			arguments(Fault.OFF_AND_ON, 7, "waits for what is being sent"),
			arguments(Fault.OFF_AND_ON, 8, "waits in recording"), arguments(Fault.OPT_IN_FILE_EXPORTS, 6, "EXPORT"),
			arguments(Fault.DAMAGED_RECORD_IS_YES, 2, "GRANTED"),
			arguments(Fault.NO_KEEPS_WHAT_WAITS, 8, "waits in recording"),
			arguments(Fault.RESET_KEEPS_EVERYTHING, 17, "install-secret"),
			arguments(Fault.IDENTIFIER_BEFORE_YES, 1, "not to exist"),
			arguments(Fault.MESSAGE_AT_NO, 10, "Expected size: 1 but was: 2"));

	@TempDir
	private Path directory;

	@ParameterizedTest(name = "{0} breaks promise {1}")
	@FieldSource("BREAKS")
	void promiseWhenItsFaultIsPlantedGoesRed(Fault fault, int promise, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> test(fault, promise))
			.withMessageContaining(message);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 6, 7, 8, 10, 17 })
	void promiseWhenNothingIsPlantedIsGreen(int promise) {
		assertThatNoException().isThrownBy(() -> test(Fault.NONE, promise));
	}

	@Test
	void everyFaultIsPlanted() {
		assertThat(BREAKS).extracting((row) -> row.get()[0])
			.containsOnly(EnumSet.complementOf(EnumSet.of(Fault.NONE)).toArray());
	}

	private void test(Fault fault, int promise) {
		PrivacyPromisesTests tests = new PrivacyPromisesTests();
		tests.fault = fault;
		tests.directory = this.directory;
		Method method = ReflectionSupport.findMethod(PrivacyPromisesTests.class, "promise" + promise).orElseThrow();
		ReflectionSupport.invokeMethod(method, tests);
	}

}

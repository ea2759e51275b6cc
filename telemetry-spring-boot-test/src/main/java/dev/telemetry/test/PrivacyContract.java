package dev.telemetry.test;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * What an application with telemetry owes its users. A test class implements it and says
 * what to start and how the application is used; the tests come along:
 *
 * <pre>
 * class ShopPrivacyTests implements PrivacyContract {
 *
 *     &#64;Override
 *     public Class&lt;?&gt; application() {
 *         return Shop.class;
 *     }
 *
 *     &#64;Override
 *     public void exercise(ConfigurableApplicationContext context, String secret) {
 *         context.getBean(Orders.class).place(secret, 2);
 *     }
 *
 * }
 * </pre>
 *
 * The tests start the application themselves, several times, on free ports and with a
 * home of their own, so the class is no test of Spring. Threads, files and sockets are
 * those of this process, so nothing else may run in it at the same time.
 * <p>
 * What the application does without telemetry is not held against it: the same
 * application is started once more with {@code telemetry.feature.enabled=false} and
 * without the beans that extend telemetry, such as sinks, and only what that control does
 * not do counts. What is written is seen by the flight recorder of the JDK; sockets that
 * carry no data, and files that are only opened, are seen on Linux alone, an empty file
 * that is closed again only in the home and in the working directory.
 */
public interface PrivacyContract {

	/**
	 * Return the application.
	 * @return the class with {@code @SpringBootApplication}
	 */
	Class<?> application();

	/**
	 * Use the application as its users do: call everything that records something. Called
	 * several times, also while consent is closed, and of the control as well.
	 * @param context the running application
	 * @param secret a word that must never be recorded; give it wherever the data of
	 * users goes: names, texts, paths, identifiers
	 * @throws Exception if that fails
	 */
	void exercise(ConfigurableApplicationContext context, String secret) throws Exception;

	/**
	 * Return arguments for the application beyond those of the tests.
	 * @return arguments such as {@code --spring.profiles.active=test}
	 */
	default List<String> arguments() {
		return List.of();
	}

	/**
	 * Return where the manifest is that was reviewed.
	 * @return the file; without one its test is skipped
	 */
	default Path baseline() {
		return Path.of("telemetry-baseline.json");
	}

	/**
	 * Before a decision telemetry starts no thread, writes no file and opens no socket.
	 * @throws Exception if the application fails
	 */
	@Test
	default void noThreadFileOrSocketBeforeConsent() throws Exception {
		new PrivacyCheck(this).beforeConsent();
	}

	/**
	 * After a withdrawal nothing is recorded, written or sent.
	 * @throws Exception if the application fails
	 */
	@Test
	default void nothingAfterAWithdrawal() throws Exception {
		new PrivacyCheck(this).afterWithdrawal();
	}

	/**
	 * No line that is recorded holds the secret.
	 * @throws Exception if the application fails
	 */
	@Test
	default void noSecretIsRecorded() throws Exception {
		new PrivacyCheck(this).secrets();
	}

	/**
	 * Everything that is recorded is declared.
	 * @throws Exception if the application fails
	 */
	@Test
	default void everythingRecordedIsDeclared() throws Exception {
		new PrivacyCheck(this).declared();
	}

	/**
	 * What the application declares is what was reviewed. Needs
	 * {@code telemetry-spring-boot-build} on the class path of the tests.
	 * @throws Exception if a file cannot be read or written
	 */
	@Test
	default void manifestEqualsTheReviewedBaseline() throws Exception {
		new PrivacyCheck(this).manifest();
	}

}

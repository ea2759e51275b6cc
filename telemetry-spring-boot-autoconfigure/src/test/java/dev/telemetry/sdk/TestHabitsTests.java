package dev.telemetry.sdk;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** What all tests keep to: a build that hangs says nothing. */
class TestHabitsTests {

	private static final JavaClasses TESTS = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
		.importPackages("dev.telemetry");

	/** Those without parameters wait as long as it takes. */
	private static final List<Wait> UNLIMITED = List.of(new Wait(Object.class, "wait"), new Wait(Thread.class, "join"),
			new Wait(Thread.class, "onSpinWait"), new Wait(Process.class, "waitFor"),
			new Wait(CountDownLatch.class, "await"), new Wait(CyclicBarrier.class, "await"),
			new Wait(Condition.class, "await"), new Wait(Future.class, "get"), new Wait(Future.class, "join"),
			new Wait(BlockingQueue.class, "take"), new Wait(Semaphore.class, "acquire"),
			new Wait(LockSupport.class, "park"), new Wait(Mono.class, "block"), new Wait(Flux.class, "blockFirst"),
			new Wait(Flux.class, "blockLast"));

	/** What a process prints is read by one class, which does not wait for ever. */
	private static final Set<String> OUTPUT = Set.of("getInputStream", "getErrorStream", "inputReader", "errorReader");

	@Test
	void everyWaitHasALimit() {
		List<String> found = accesses().filter((access) -> UNLIMITED.stream().anyMatch((wait) -> wait.isIn(access)))
			.map(JavaAccess::getDescription)
			.toList();
		assertThat(found).as("use Patience").isEmpty();
	}

	@Test
	void outputOfProcessesIsReadWithALimit() {
		List<String> found = accesses().filter((access) -> access.getTargetOwner().isAssignableTo(Process.class))
			.filter((access) -> OUTPUT.contains(access.getTarget().getName()))
			.filter((access) -> !access.getOriginOwner().isEquivalentTo(ProcessOutput.class))
			// Closes it unread
			.filter((access) -> !access.getOrigin().getName().equals("pipeThatIsClosedEndsItQuietly"))
			.map(JavaAccess::getDescription)
			.toList();
		assertThat(found).as("use ProcessOutput").isEmpty();
	}

	@Test
	void nothingSleeps() {
		List<String> found = accesses().filter((access) -> access.getTargetOwner().isEquivalentTo(Thread.class))
			.filter((access) -> access.getTarget().getName().equals("sleep"))
			// Has to be caught blocking
			.filter((access) -> !access.getOriginOwner().getName().endsWith(".BlockingCallTests$Child"))
			.map(JavaAccess::getDescription)
			.toList();
		assertThat(found).as("use Patience").isEmpty();
	}

	private static Stream<? extends JavaAccess<?>> accesses() {
		return TESTS.stream().map(JavaClass::getAccessesFromSelf).flatMap(Set::stream);
	}

	/**
	 * A method that waits.
	 *
	 * @param type the type that declares it
	 * @param name its name
	 */
	private record Wait(Class<?> type, String name) {

		boolean isIn(JavaAccess<?> access) {
			return access.getTarget().getName().equals(this.name)
					&& access.getTarget() instanceof CodeUnitAccessTarget target
					&& target.getRawParameterTypes().isEmpty() && access.getTargetOwner().isAssignableTo(this.type);
		}

	}

}

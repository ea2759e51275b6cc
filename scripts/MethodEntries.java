import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector.Argument;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;

/**
 * Counts the methods of ours that one annotated call enters on the caller's thread, with the JDK's debugger interface:
 *
 * <pre>
 * mvn -pl telemetry-spring-boot-autoconfigure -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * cd telemetry-spring-boot-autoconfigure
 * java ../scripts/MethodEntries.java "target/classes:target/test-classes:$(cat target/classpath)"
 * </pre>
 *
 * A second argument, {@code -v}, lists the methods.
 */
public class MethodEntries {

	private static final String APPLICATION = "dev.telemetry.autoconfigure.AnnotatedCall";

	private final Map<String, Integer> entered = new TreeMap<>();

	private final VirtualMachine vm;

	private MethodEntryRequest counting;

	private boolean done;

	private MethodEntries(VirtualMachine vm) {
		this.vm = vm;
	}

	public static void main(String[] arguments) throws Exception {
		LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
		Map<String, Argument> options = connector.defaultArguments();
		options.get("options").setValue("-cp \"" + arguments[0] + "\"");
		options.get("main").setValue(APPLICATION);
		MethodEntries entries = new MethodEntries(connector.launch(options));
		entries.run();
		entries.print(List.of(arguments).contains("-v"));
	}

	private void run() throws InterruptedException {
		drain(this.vm.process().getInputStream());
		drain(this.vm.process().getErrorStream());
		ClassPrepareRequest prepared = this.vm.eventRequestManager().createClassPrepareRequest();
		prepared.addClassFilter(APPLICATION);
		prepared.enable();
		for (boolean runs = true; runs;) {
			EventSet events = this.vm.eventQueue().remove();
			for (Event event : events) {
				runs &= !(event instanceof VMDeathEvent || event instanceof VMDisconnectEvent);
				handle(event);
			}
			if (runs) {
				events.resume();
			}
		}
	}

	private void handle(Event event) {
		if (event instanceof ClassPrepareEvent prepared) {
			stopIn(prepared.referenceType(), "begin");
			stopIn(prepared.referenceType(), "end");
		}
		else if (event instanceof BreakpointEvent mark && mark.location().method().name().equals("begin")) {
			this.counting = this.vm.eventRequestManager().createMethodEntryRequest();
			this.counting.addThreadFilter(mark.thread());
			this.counting.addClassFilter("dev.telemetry.*");
			this.counting.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
			this.counting.enable();
		}
		else if (event instanceof BreakpointEvent) {
			this.counting.disable();
			this.done = true;
		}
		else if (event instanceof MethodEntryEvent entry) {
			count(entry.method());
		}
	}

	private void stopIn(ReferenceType type, String method) {
		this.vm.eventRequestManager().createBreakpointRequest(type.methodsByName(method).get(0).location()).enable();
	}

	private void count(Method method) {
		String type = method.declaringType().name();
		if (!type.startsWith(APPLICATION)) {
			this.entered.merge(type + "#" + method.name() + method.signature(), 1, Integer::sum);
		}
	}

	private void print(boolean all) {
		if (!this.done) {
			throw new IllegalStateException("The application ended before its call was counted");
		}
		if (all) {
			this.entered.forEach((method, times) -> System.out.println(times + " " + method));
		}
		int times = this.entered.values().stream().mapToInt(Integer::intValue).sum();
		long types = this.entered.keySet().stream().map((method) -> method.substring(0, method.indexOf('#'))).distinct().count();
		System.out.println(times + " method entries, " + this.entered.size() + " methods, " + types + " classes");
	}

	private static void drain(InputStream in) {
		Thread thread = new Thread(() -> {
			try (in) {
				in.transferTo(System.err);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

}

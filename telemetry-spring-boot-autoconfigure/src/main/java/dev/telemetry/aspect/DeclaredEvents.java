package dev.telemetry.aspect;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.telemetry.problem.Problem;
import dev.telemetry.spec.EventDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/**
 * What a bean class declares by annotations. Immutable to its callers.
 */
public final class DeclaredEvents {

	/** The names of what is recorded of every call. */
	public static final Set<String> MEASURED = RecordedMethodCompiler.MEASURED;

	static final DeclaredEvents NONE = new DeclaredEvents(Object.class, Map.of(), List.of());

	private final Class<?> type;

	/** What the interfaces of a proxy declare, of whose own class nothing is known. */
	private final List<DeclaredEvents> interfaces;

	private final Map<Method, RecordedMethod> methods;

	private final List<Problem> problems;

	/**
	 * What was found for each method as it is called, which may be that of an interface.
	 */
	private final Map<Method, Optional<RecordedMethod>> found = new ConcurrentHashMap<>();

	DeclaredEvents(Class<?> type, Map<Method, RecordedMethod> methods, List<Problem> problems) {
		this.type = type;
		this.interfaces = List.of();
		this.methods = Map.copyOf(methods);
		this.problems = List.copyOf(problems);
	}

	private DeclaredEvents(Class<?> proxy, List<DeclaredEvents> interfaces) {
		this.type = proxy;
		this.interfaces = interfaces.stream().filter(DeclaredEvents::recordsAnything).toList();
		this.methods = Map.of();
		this.problems = List.of();
	}

	/**
	 * Return what the class of a proxy by interfaces declares.
	 * @param proxy the class of the proxy
	 * @param interfaces what each of its interfaces declares
	 * @return what it declares; nothing of its own
	 */
	static DeclaredEvents ofProxy(Class<?> proxy, List<DeclaredEvents> interfaces) {
		return new DeclaredEvents(proxy, interfaces);
	}

	/**
	 * Return the class that declares them.
	 * @return the class as its author wrote it
	 */
	public Class<?> type() {
		return this.type;
	}

	/**
	 * Return the events that are recorded.
	 * @return one or two for each method, in an order that is always the same; overloaded
	 * methods may share a name
	 */
	public List<EventDefinition> definitions() {
		return inOrder().flatMap((entry) -> entry.getValue().definitions().stream()).toList();
	}

	private Stream<Map.Entry<Method, RecordedMethod>> inOrder() {
		return this.methods.entrySet()
			.stream()
			.sorted(Comparator.comparing((entry) -> entry.getValue().name() + " " + entry.getKey()));
	}

	/**
	 * Return the events that are recorded by the place that declares them.
	 * @return the definitions by class and method, such as
	 * {@code com.example.OrderService#place}; overloaded methods are one place
	 */
	public SortedMap<String, List<EventDefinition>> definitionsByPlace() {
		SortedMap<String, List<EventDefinition>> places = new TreeMap<>();
		inOrder().forEach((entry) -> places.computeIfAbsent(place(entry.getKey()), (place) -> new ArrayList<>())
			.addAll(entry.getValue().definitions()));
		return places;
	}

	static String place(Method method) {
		return method.getDeclaringClass().getName() + "#" + method.getName();
	}

	/**
	 * Return what is wrong with the rest.
	 * @return an unmodifiable list
	 */
	public List<Problem> problems() {
		return this.problems;
	}

	boolean recordsAnything() {
		return !this.methods.isEmpty() || !this.interfaces.isEmpty();
	}

	@Nullable RecordedMethod find(Method method) {
		if (!recordsAnything()) {
			return null;
		}
		Optional<RecordedMethod> known = this.found.get(method);
		if (known == null) {
			known = look(method);
			this.found.put(method, known);
		}
		return known.orElse(null);
	}

	private Optional<RecordedMethod> look(Method method) {
		RecordedMethod own = this.methods.get(AopUtils.getMostSpecificMethod(method, this.type));
		return (own != null) ? Optional.of(own)
				: this.interfaces.stream()
					.filter((declared) -> method.getDeclaringClass().isAssignableFrom(declared.type))
					.map((declared) -> declared.find(method))
					.flatMap(Stream::ofNullable)
					.findFirst();
	}

}

package dev.telemetry.consent.gate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of the gate, notified under its command lock. One that fails stops
 * neither the others nor the command.
 */
final class ConsentListeners {

	private static final Log logger = LogFactory.getLog(ConsentListeners.class);

	private final List<ConsentListener> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Add a listener.
	 * @param listener the listener
	 * @param open the session that is announced to it at once, or {@code null}
	 */
	void add(ConsentListener listener, @Nullable ConsentSession open) {
		this.listeners.add(listener);
		if (open != null) {
			tell(listener, (added) -> added.opened(open));
		}
	}

	void announce(Consumer<ConsentListener> news) {
		for (ConsentListener listener : this.listeners) {
			tell(listener, news);
		}
	}

	/**
	 * Have connections closed.
	 * @param session the session that ends
	 * @return how many were closed
	 */
	int abort(ConsentSession session) {
		int[] aborted = new int[1];
		announce((listener) -> aborted[0] += listener.abort(session));
		return aborted[0];
	}

	/**
	 * Ask why nothing can leave this machine.
	 * @return the reason, or {@code null}
	 */
	@Nullable String unreachable() {
		@Nullable String[] reason = new String[1];
		announce((listener) -> reason[0] = (reason[0] != null) ? reason[0] : listener.unreachable());
		return reason[0];
	}

	private static void tell(ConsentListener listener, Consumer<ConsentListener> news) {
		try {
			news.accept(listener);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Telemetry: a listener of the gate failed", ex);
		}
	}

}

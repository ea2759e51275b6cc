package dev.telemetry.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens beside an observation neither hides a socket nor makes up one. */
class ProcessObservationTests {

	@Test
	@EnabledOnOs(OS.LINUX)
	void socketThatIsOpenedCountsAlthoughAnotherIsClosed() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
				ProcessObservation observation = closing(server);
				Socket later = new Socket(server.getInetAddress(), server.getLocalPort())) {
			assertThat(later.isConnected()).isTrue();
			assertThat(observation.stop(List.of()).sockets()).isOne();
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void socketThatIsClosedDoesNotLetAnotherRunSeemToOpenOne() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
				ProcessObservation observation = closing(server)) {
			ProcessTraces closing = observation.stop(List.of());
			assertThat(new ProcessTraces(closing.traces(), 0).without(closing)).isEmpty();
		}
	}

	/** Begin while a socket is open that is closed right after. */
	private static ProcessObservation closing(ServerSocket server) throws IOException {
		try (Socket earlier = new Socket(server.getInetAddress(), server.getLocalPort())) {
			assertThat(earlier.isConnected()).isTrue();
			return ProcessObservation.start();
		}
	}

}

package dev.telemetry.sent;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a request beside its body. No value of a header and no query:
 * both may hold a secret.
 *
 * @param destination the name of the sink, or {@code deletion}
 * @param target where it went, without a query
 * @param protocol what was spoken
 * @param method the method, or {@code null} where there is none
 * @param path the path without its query, the method of gRPC, or {@code null}
 * @param headers the names of the header fields
 * @param events how many events it held
 */
public record SentHead(String destination, String target, Protocol protocol, @Nullable String method,
		@Nullable String path, List<String> headers, int events) {

	public SentHead {
		Objects.requireNonNull(destination, "'destination' must not be null");
		Objects.requireNonNull(target, "'target' must not be null");
		Objects.requireNonNull(protocol, "'protocol' must not be null");
		headers = List.copyOf(headers);
	}

	/**
	 * Describe events handed to a sink that cannot be looked into.
	 * @param destination the name of the sink
	 * @param target where it sends to, as it says itself
	 * @param events how many events
	 * @return the description
	 */
	static SentHead unseen(String destination, String target, int events) {
		return new SentHead(destination, target, Protocol.UNKNOWN, null, null, List.of(), events);
	}

	/** What is spoken. */
	public enum Protocol {

		/** HTTP; the status is one of HTTP. */
		HTTP,

		/** gRPC; the body is the message, and the status one of gRPC. */
		GRPC,

		/** Kafka; the body is the value of one record. */
		KAFKA,

		/** What a sink of the application speaks. */
		UNKNOWN

	}

}

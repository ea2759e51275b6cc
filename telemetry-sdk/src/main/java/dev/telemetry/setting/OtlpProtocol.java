package dev.telemetry.setting;

/** How OTLP travels: values of {@code telemetry.protocol}. */
public enum OtlpProtocol {

	/** Protobuf over HTTP/1.1: {@code http/protobuf}. */
	HTTP_PROTOBUF,

	/** Protobuf over gRPC: {@code grpc}. */
	GRPC

}

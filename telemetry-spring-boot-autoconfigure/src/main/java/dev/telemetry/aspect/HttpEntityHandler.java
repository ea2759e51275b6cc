package dev.telemetry.aspect;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.ResponseEntity;

/**
 * The call ends when the body of an entity does. An entity with a body that must be
 * replaced is replaced by one that is the same otherwise.
 */
final class HttpEntityHandler implements ReturnHandler {

	@Override
	public boolean isCandidate(ResolvableType declared) {
		Class<?> type = declared.toClass();
		if (!HttpEntity.class.isAssignableFrom(type)) {
			return type == Object.class;
		}
		ResolvableType body = declared.as(HttpEntity.class).getGeneric();
		return body.resolve() == null || !ReturnHandlers.forType(body).isEmpty();
	}

	/** An attribute is read from the entity itself. */
	@Override
	public @Nullable ResolvableType resolvedType(ResolvableType declared) {
		return declared;
	}

	@Override
	public boolean handles(@Nullable Object result, Class<?> declared) {
		return result instanceof HttpEntity;
	}

	@Override
	public @Nullable Object returned(@Nullable Object result, RecordedCall call, Recording recording) {
		if (!(result instanceof HttpEntity<?> entity)) {
			return result;
		}
		ReturnHandler handler = ReturnHandlers.ANYTHING.of(entity.getBody());
		if (handler == PlainHandler.INSTANCE) {
			return handler.returned(entity, call, recording);
		}
		if (!isReplaceable(entity)) {
			return UnmeasuredHandler.INSTANCE.returned(entity, call, recording);
		}
		call.resolveTo(entity);
		Object body = handler.returned(entity.getBody(), call, recording);
		return (body == entity.getBody()) ? entity : withBody(entity, body);
	}

	private static boolean isReplaceable(HttpEntity<?> entity) {
		return entity.getClass() == ResponseEntity.class || entity.getClass() == HttpEntity.class;
	}

	private static HttpEntity<?> withBody(HttpEntity<?> entity, @Nullable Object body) {
		return (entity instanceof ResponseEntity<?> response)
				? new ResponseEntity<>(body, response.getHeaders(), response.getStatusCode())
				: new HttpEntity<>(body, entity.getHeaders());
	}

}

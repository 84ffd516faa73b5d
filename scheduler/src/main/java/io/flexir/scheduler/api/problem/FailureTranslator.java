package io.flexir.scheduler.api.problem;

import com.fasterxml.jackson.core.JacksonException;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.storage.StorageException;
import io.vertx.core.json.DecodeException;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Turns what handlers and Vert.x fail with into problems. */
final class FailureTranslator {
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int MAX_ERRORS = 20;

    private FailureTranslator() {}

    /**
     * @param failure what went wrong; null where only a status is known
     * @param status the status that was failed with, 500 where there was an exception alone
     */
    static Problem translate(@Nullable Throwable failure, int status) {
        return switch (failure) {
            case RefusedException refused -> refused.problem();
            case HttpException http when http.getCause() != null ->
                    translate(http.getCause(), http.getStatusCode());
            case SchemaValidationException schema -> ofSchema(schema);
            case ValidatorException validator -> ofValidator(validator);
            case DecodeException decode ->
                    Problem.of(ProblemKind.MALFORMED, "The body is not JSON.");
            case InvalidFieldException invalid ->
                    Problem.ofField(ProblemKind.INVALID, invalid.field(), invalid.problem());
            case JacksonException json ->
                    Problem.of(ProblemKind.INVALID, MessageCodec.explain(json));
            case StorageException storage ->
                    Problem.later(
                            ProblemKind.UNAVAILABLE, "The object store does not answer.", RETRY);
            case null, default -> ofStatus(status);
        };
    }

    private static Problem ofSchema(SchemaValidationException failure) {
        List<Problem.FieldError> errors =
                failure.getOutputUnit().getErrors().stream()
                        .filter(
                                unit ->
                                        unit.getInstanceLocation() != null
                                                && unit.getError() != null)
                        .map(FailureTranslator::fieldError)
                        .distinct()
                        .sorted(Comparator.comparing(Problem.FieldError::field))
                        .limit(MAX_ERRORS)
                        .toList();
        return new Problem(ProblemKind.INVALID, String.valueOf(failure.getMessage()), errors, null);
    }

    private static Problem.FieldError fieldError(OutputUnit unit) {
        String location = unit.getInstanceLocation();
        String path = location.startsWith("#") ? location.substring(1) : location;
        String field = path.startsWith("/") ? path.substring(1).replace('/', '.') : path;
        return new Problem.FieldError(field.isEmpty() ? "body" : field, unit.getError());
    }

    private static Problem ofValidator(ValidatorException failure) {
        return switch (failure.type()) {
            case MISSING_OPERATION, MISSING_RESPONSE ->
                    Problem.of(ProblemKind.INTERNAL, "The scheduler failed.");
            case UNSUPPORTED_VALUE_FORMAT ->
                    Problem.of(
                            ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                            "Content-Type must be application/json.");
            case MISSING_REQUIRED_PARAMETER, INVALID_VALUE, INVALID_VALUE_FORMAT ->
                    Problem.of(ProblemKind.INVALID, String.valueOf(failure.getMessage()));
            case ILLEGAL_VALUE ->
                    Problem.of(ProblemKind.MALFORMED, String.valueOf(failure.getMessage()));
        };
    }

    private static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> Problem.of(ProblemKind.MALFORMED, "The request cannot be read.");
            case 401 ->
                    Problem.of(
                            ProblemKind.UNAUTHORIZED,
                            "Send the key as: Authorization: Bearer <key>");
            case 403 -> Problem.of(ProblemKind.FORBIDDEN, "The key does not allow this.");
            case 404 ->
                    Problem.of(
                            ProblemKind.NOT_FOUND,
                            "See the API description for addresses that exist.");
            case 405 ->
                    Problem.of(
                            ProblemKind.METHOD_NOT_ALLOWED,
                            "See the API description for methods that exist.");
            case 413 ->
                    Problem.of(
                            ProblemKind.BODY_TOO_LARGE,
                            "Upload larger images to an address from POST /v1/uploads.");
            case 415 ->
                    Problem.of(
                            ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                            "Content-Type must be application/json.");
            case 503 -> Problem.later(ProblemKind.BUSY, "The scheduler is busy.", RETRY);
            default -> Problem.of(ProblemKind.INTERNAL, "The scheduler failed; its log says more.");
        };
    }
}

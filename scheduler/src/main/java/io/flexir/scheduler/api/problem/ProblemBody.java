package io.flexir.scheduler.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;

/** A problem as JSON ({@code application/problem+json}). */
record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem.FieldError> errors) {
    static ProblemBody of(Problem problem, String instance) {
        ProblemKind kind = problem.kind();
        return new ProblemBody(
                kind.type(),
                kind.title(),
                kind.status(),
                problem.detail(),
                instance,
                problem.errors());
    }
}

package io.flexir.scheduler.api.problem;

/**
 * Carries a problem through a future or out of a handler. It is an answer, so it has no stack
 * trace.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public RefusedException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}

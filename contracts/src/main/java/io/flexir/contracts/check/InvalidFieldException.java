package io.flexir.contracts.check;

/**
 * A field of a message or manifest holds what it must not hold. Names the field, relative to the
 * record that checks it.
 */
public final class InvalidFieldException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    /**
     * @param field name of the field as it stands in JSON
     * @param problem what is wrong, readable after the field's name: "must be at least 1, is 0"
     */
    public InvalidFieldException(String field, String problem) {
        super(field + " " + problem);
        this.field = field;
        this.problem = problem;
    }

    public String field() {
        return field;
    }

    public String problem() {
        return problem;
    }
}

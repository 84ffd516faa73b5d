package io.flexir.scheduler.access;

/**
 * What tenants may ask for, and how often.
 *
 * @param inputs which objects they may name
 * @param rates how many requests they may send
 */
public record AccessRules(InputRules inputs, RateRules rates) {
    /** Everything, as often as they like. */
    public static final AccessRules OPEN = new AccessRules(InputRules.ANY, RateRules.UNBOUNDED);
}

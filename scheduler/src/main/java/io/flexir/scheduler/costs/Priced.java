package io.flexir.scheduler.costs;

/**
 * What was used, or would have been, and what that costs.
 *
 * @param money in the currency of the price list
 */
public record Priced(Use use, double money) {
    static final Priced NOTHING = new Priced(Use.NONE, 0);

    Priced plus(Priced other) {
        return new Priced(use.plus(other.use), money + other.money);
    }
}

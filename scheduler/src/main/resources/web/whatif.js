// What the last hour would have cost, and been worth, at another depth. Only arithmetic: no page, no requests.

export const UNITS = ["gigaMacs", "seconds", "joules", "money"];

const NOTHING = {gigaMacs: 0, seconds: 0, joules: 0, money: 0};

function plus(one, other) {
  return Object.fromEntries(UNITS.map((unit) => [unit, one[unit] + other[unit]]));
}

function times(cost, shares) {
  return Object.fromEntries(UNITS.map((unit) => [unit, cost[unit] * shares[unit]]));
}

/** A fixed pointer; models that are not so deep go as deep as they are. */
export function atPointer(model, pointer) {
  const at = model.fixed[Math.min(pointer, model.fixed.length) - 1];
  return {cost: at.cost, psnr: at.psnr};
}

/**
 * A threshold that images have run with: the traffic at full depth, by the share of full depth that
 * those images took. Undefined where the model has not run with it.
 */
export function atThreshold(model, rule, threshold) {
  const ran = model.adaptive.find((each) => each.rule === rule && each.threshold === threshold);
  if (!ran) {
    return undefined;
  }
  const shares = Object.fromEntries(UNITS.map((unit) => [unit, ran.fullDepth[unit] > 0 ? ran.traffic.cost[unit] / ran.fullDepth[unit] : 1]));
  return {cost: times(model.fixed.at(-1).cost, shares), psnr: ran.traffic.expectedPsnr};
}

/**
 * The models' traffic together, as it was and as it would have been. A model without an answer
 * stays as it was.
 *
 * @param choose a model's cost and PSNR at the other depth
 */
export function whatIf(models, choose) {
  const rows = models
    .filter((model) => model.traffic.images > 0)
    .map((model) => {
      const was = {cost: model.traffic.cost, psnr: model.traffic.expectedPsnr};
      const other = choose(model);
      return {name: model.name, images: model.traffic.images, was, would: other ?? was, known: other !== undefined};
    });
  const images = rows.reduce((sum, row) => sum + row.images, 0);
  const total = (side) => ({
    cost: rows.reduce((sum, row) => plus(sum, row[side].cost), NOTHING),
    psnr: rows.reduce((sum, row) => sum + row[side].psnr * row.images, 0) / images,
  });
  return {rows, images, was: total("was"), would: total("would")};
}

// What a photo will cost, before it is sent: its pixels by what the model needs for each.

/** Width and height of a file that this browser can decode; undefined of others. */
export async function pixelsOf(file) {
  try {
    const image = await createImageBitmap(file);
    const size = {width: image.width, height: image.height};
    image.close();
    return size;
  } catch {
    return undefined;
  }
}

/** Multiply-adds of a whole image at one pointer, in 10^9. Halo and padding come on top. */
export function gigaMacs(model, pointer, size) {
  const figures = model.pointers[Math.min(pointer, model.n) - 1];
  return (figures.macsPerPixel * size.width * size.height) / 1e9;
}

/** What the ready workers do with this model in a second, on average; undefined where none tells. */
export function speed(workers, model) {
  const speeds = workers
    .filter((worker) => worker.state === "ready" && !worker.silent)
    .flatMap((worker) => worker.models.filter((loaded) => loaded.digest === model.digest))
    .map((loaded) => loaded.gigaMacsPerSecond);
  return speeds.length === 0 ? undefined : speeds.reduce((sum, each) => sum + each, 0) / speeds.length;
}

/**
 * For the photos together.
 *
 * @param depth as it will be submitted
 * @param bounds floor and target of the job
 * @returns least and most in GMACs and, where workers tell their speed, in seconds of work
 */
export function estimate(model, depth, bounds, sizes, workers) {
  const least = depth.kind === "fixed" ? depth.pointer : bounds.floor;
  const most = depth.kind === "fixed" ? depth.pointer : (bounds.target ?? model.n);
  const sum = (pointer) => sizes.reduce((total, size) => total + gigaMacs(model, pointer, size), 0);
  const rate = speed(workers, model);
  const [low, high] = [sum(least), sum(most)];
  return {
    pointers: [Math.min(least, model.n), Math.min(most, model.n)],
    gigaMacs: [low, high],
    seconds: rate === undefined ? undefined : [low / rate, high / rate],
  };
}

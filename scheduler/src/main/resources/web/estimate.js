// What photos would cost before they are sent. The scheduler reckons: by its policy, its workers' speed and what waits.

import {send} from "./api.js";

/** So many sizes are asked about by themselves; more are asked about as their mean. */
const SIZES = 8;

/** What of a submission an estimate depends on. */
const ASKED = ["model", "depth", "deadlineSeconds", "floor", "target"];

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

/** Photos of one size together; all of them as their mean where sizes are many. */
export function groups(sizes) {
  const alike = [...Map.groupBy(sizes, (size) => `${size.width}x${size.height}`).values()];
  return alike.length <= SIZES ? alike.map((group) => ({imageSize: group[0], images: group.length})) : [mean(sizes)];
}

/** As many photos of nearly as many pixels, all of one size. */
function mean(sizes) {
  const pixels = sizes.reduce((sum, size) => sum + size.width * size.height, 0) / sizes.length;
  const width = Math.round(Math.sqrt(pixels));
  return {imageSize: {width, height: Math.round(pixels / width)}, images: sizes.length};
}

/**
 * One estimate of several.
 *
 * @param told of the photos of each size: what they cost adds up
 * @param all of all photos at once: they wait for the same workers, and for each other
 */
export function together(told, all) {
  const sum = (read) => told.reduce((total, each) => total + read(each), 0);
  // The mean knows no largest photo: all are done no sooner than those of each size would be.
  const bounds = [...told, all];
  const ends = bounds.map((each) => each.seconds);
  return {
    pointers: [Math.min(...told.map((each) => each.pointer)), Math.max(...told.map((each) => each.pointer))],
    psnr: told.every((each) => each.psnr !== undefined) ? sum((each) => each.psnr * each.images) / sum((each) => each.images) : undefined,
    gigaMacs: sum((each) => each.cost.gigaMacs),
    seconds: sum((each) => each.cost.seconds),
    money: sum((each) => each.cost.money),
    currency: all.currency,
    done: ends.every(Boolean) ? [Math.max(...ends.map((end) => end.least)), Math.max(...ends.map((end) => end.most))] : undefined,
    onTime: bounds.every((each) => each.onTime !== false),
  };
}

/** Asks about photos of these sizes. Throws as requests do. */
export async function estimate(terms, sizes, signal) {
  const asked = Object.fromEntries(ASKED.filter((name) => terms[name] !== undefined).map((name) => [name, terms[name]]));
  const alike = groups(sizes);
  const questions = alike.length === 1 ? alike : [...alike, mean(sizes)];
  const answers = await Promise.all(questions.map((question) => send("POST", "/v1/estimates", {...asked, ...question}, {}, signal)));
  return together(answers.slice(0, alike.length), answers.at(-1));
}

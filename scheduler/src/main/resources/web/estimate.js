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
  if (alike.length <= SIZES) {
    return alike.map((group) => ({imageSize: group[0], images: group.length}));
  }
  const mean = sizes.reduce((sum, size) => sum + size.width * size.height, 0) / sizes.length;
  const side = Math.max(1, Math.round(Math.sqrt(mean)));
  return [{imageSize: {width: side, height: side}, images: sizes.length}];
}

/** One estimate of several. They wait for the same workers: the latest is when all are done. */
export function together(told) {
  const sum = (read) => told.reduce((total, each) => total + read(each), 0);
  const ends = told.map((each) => each.seconds);
  return {
    pointers: [Math.min(...told.map((each) => each.pointer)), Math.max(...told.map((each) => each.pointer))],
    psnr: told[0].psnr,
    gigaMacs: sum((each) => each.cost.gigaMacs),
    seconds: sum((each) => each.cost.seconds),
    money: sum((each) => each.cost.money),
    currency: told[0].currency,
    done: ends.every(Boolean) ? [Math.max(...ends.map((end) => end.least)), Math.max(...ends.map((end) => end.most))] : undefined,
    onTime: told.every((each) => each.onTime !== false),
  };
}

/** Asks about photos of these sizes. Throws as requests do. */
export async function estimate(terms, sizes, signal) {
  const asked = Object.fromEntries(ASKED.filter((name) => terms[name] !== undefined).map((name) => [name, terms[name]]));
  const answers = groups(sizes).map((group) => send("POST", "/v1/estimates", {...asked, ...group}, {}, signal));
  return together(await Promise.all(answers));
}

// Why a job got its pointer, in sentences, from what the job and its receipt say.

import {fixed, percent, plural, seconds, between} from "./format.js";

const CHOICES = {
  "jpeg-artefacts": "its JPEG compression is what harms it most",
  "noise-of-its-level": "there is a model for just the noise that it has",
  "noise-left-by-jpeg": "its noise outweighs what JPEG did to it",
  "noise-in-its-range": "its noise lies within what this model was trained for",
  "noise-beyond-its-range": "it has more noise than any model was trained for, and this one comes nearest",
  "little-noise": "it has so little noise that this model is the one that does no harm",
};

/** Which policy decided, by the name that stands in receipts. */
export function policy(version) {
  const name = version.split("@")[0];
  const [, parameter] = /^(?:load|fixed)-([\d.]+)/.exec(name) ?? [];
  return {kind: name.split("-")[0], parameter: parameter === undefined ? undefined : Number(parameter)};
}

/**
 * The sentences.
 *
 * @param deepest pointer of the job's model, where it is known
 */
export function why(job, deepest) {
  if (job.state === "rejected" || job.state === "failed") {
    return [`It got no pointer: ${job.problem.detail.replace(/\.?$/, ".")}`];
  }
  if (job.state === "cancelled") {
    return ["It was taken back before it was done."];
  }
  const {receipt} = job;
  const granted = receipt?.budget ?? job.budget;
  if (!granted) {
    return ["It waits. How deep it may go is decided when a worker is free, by what else waits then."];
  }
  return [grant(job, granted, deepest), ...(receipt ? ending(job, granted) : []), ...choice(receipt)];
}

function grant(job, granted, deepest) {
  const part = job.trial && !job.trial.shadow ? `As part “${job.trial.variant}” of experiment “${job.trial.experiment}”, ` : "";
  const sentence = grantOf(job, granted, deepest);
  return part === "" ? sentence : part + sentence[0].toLowerCase() + sentence.slice(1);
}

function grantOf(job, granted, deepest) {
  const {target} = granted;
  if (job.depth.kind === "fixed") {
    return `You asked for pointer ${job.depth.pointer}, and that is what it was granted, whatever else waited.`;
  }
  const most = Math.min(job.target ?? Infinity, deepest ?? Infinity);
  const decided = job.receipt ? policy(job.receipt.policyVersion) : {};
  if (decided.kind === "fixed" && target < most) {
    return `The policy grants every job pointer ${decided.parameter}, whatever the load.`;
  }
  if (target >= most) {
    const end = job.target === target ? "your target" : "the last stage of its model";
    return `It was granted pointer ${target}, ${end}: nothing that waited needed the time more.`;
  }
  const of = Number.isFinite(most) ? ` of ${most}` : "";
  return `It was granted pointer ${target}${of}${because(job, decided)}${floor(job, target)}`;
}

function because(job, decided) {
  switch (decided.kind) {
    case "load":
      return `: the fleet was busy, and its policy keeps what waits under ${seconds(decided.parameter)} of work`;
    case "slack":
      return ": its own deadline left no time for more";
    case "gain":
      return job.degraded
        ? ": the time was worth more to other jobs that waited"
        : ": another stage would have gained next to nothing";
    default:
      return "";
  }
}

function floor(job, target) {
  return job.floor > 1 && target === job.floor ? `. That is your floor: it never goes less deep.` : ".";
}

function ending(job, granted) {
  const {receipt} = job;
  const sentences = [];
  if (receipt.endedEarly) {
    const least = Math.min(...(receipt.regions ?? []).map((region) => region.pointer), receipt.deepestPointer);
    sentences.push(`Its deadline came near, so the worker ended some of it early, at pointer ${least} at the least.`);
  } else if (receipt.inference.kind === "adaptive") {
    sentences.push(adaptive(receipt, granted));
  } else if (receipt.deepestPointer === granted.target) {
    sentences.push(`All of it ended at pointer ${granted.target}.`);
  }
  if (job.late) {
    sentences.push(`It was late by ${seconds(between(job.deadline, job.finishedAt))}.`);
  } else if (job.deadline) {
    sentences.push(`It met its deadline with ${seconds(between(job.finishedAt, job.deadline))} to spare.`);
  }
  return sentences;
}

function adaptive(receipt, granted) {
  const {rule, threshold} = receipt.inference;
  const rest =
    rule === "payoff"
      ? `went deeper only where that was expected to take ${threshold} % off its error for its cost`
      : `stopped at the first exit where it was sharp enough (threshold ${threshold})`;
  const regions = receipt.regions ?? [];
  const early = regions.filter((region) => region.pointer < granted.target);
  const area = (list) => list.reduce((sum, region) => sum + region.width * region.height, 0);
  return regions.length === 0
    ? `Each region ${rest}.`
    : `Each region ${rest}: ${plural(early.length, "region")} of ${regions.length}, ${percent(area(early) / area(regions))} of the image, ended before pointer ${granted.target}.`;
}

function choice(receipt) {
  const chosen = receipt?.modelChoice;
  if (!chosen) {
    return [];
  }
  const quality = chosen.jpegQuality ? `, its JPEG quality at ${fixed(chosen.jpegQuality.value, 0)}` : "";
  return [
    `The model ${receipt.model} was chosen for it, for ${CHOICES[chosen.reason] ?? chosen.reason}: its noise was estimated at sigma ${fixed(chosen.noiseSigma.value, 1)}${quality}.`,
  ];
}

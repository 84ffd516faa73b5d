// Figures as people read them. One place decides how many digits there are.

const LANGUAGE = "en";
/** What sums of shares may lack of all of it. */
const ROUNDING = 1e-9;

const count = new Intl.NumberFormat(LANGUAGE, {maximumFractionDigits: 0});

/** A number with so many digits after the point at most. */
export function fixed(value, digits) {
  return new Intl.NumberFormat(LANGUAGE, {minimumFractionDigits: digits, maximumFractionDigits: digits}).format(value);
}

/** Three digits that say something, whatever the size. */
export function significant(value) {
  if (value === 0) {
    return "0";
  }
  const size = Math.abs(value);
  return size >= 100 ? whole(value) : new Intl.NumberFormat(LANGUAGE, {minimumSignificantDigits: 3, maximumSignificantDigits: 3}).format(value);
}

export function whole(value) {
  return count.format(value);
}

export function seconds(value) {
  if (value >= 5400) {
    return `${fixed(value / 3600, 1)} h`;
  }
  if (value >= 100) {
    return `${fixed(value / 60, 1)} min`;
  }
  if (value > 0 && value < 0.1) {
    return `${significant(value * 1000)} ms`;
  }
  return `${significant(value)} s`;
}

export function gigaMacs(value) {
  return value >= 10000 ? `${significant(value / 1000)} TMACs` : `${significant(value)} GMACs`;
}

export function joules(value) {
  return value >= 10000 ? `${significant(value / 1000)} kJ` : `${significant(value)} J`;
}

export function decibels(value) {
  return `${fixed(value, 2)} dB`;
}

/** A share near none or all has a digit more; what is not all is never told as all. */
export function percent(share) {
  const size = Math.abs(share);
  if (size > 0.9 && size < 1 - ROUNDING) {
    return `${fixed(Math.sign(share) * Math.min(size * 100, 99.9), 1)}%`;
  }
  return `${fixed(share * 100, share > 0 && share < 0.1 ? 1 : 0)}%`;
}

export function bytes(value) {
  if (value >= 1 << 20) {
    return `${fixed(value / (1 << 20), 1)} MiB`;
  }
  return value >= 1024 ? `${fixed(value / 1024, 0)} KiB` : `${value} B`;
}

export function size(image) {
  return `${image.width} × ${image.height}`;
}

/** A time of today as a time, any other with its day. */
export function moment(instant) {
  const then = new Date(instant);
  const today = then.toDateString() === new Date().toDateString();
  return then.toLocaleString(LANGUAGE, {
    ...(today ? {} : {day: "numeric", month: "short"}),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
}

/** How long ago, in words that fit a table. */
export function ago(instant) {
  const passed = (Date.now() - new Date(instant)) / 1000;
  if (passed < 1) {
    return "now";
  }
  if (passed < 100) {
    return `${Math.round(passed)} s ago`;
  }
  if (passed < 5400) {
    return `${Math.round(passed / 60)} min ago`;
  }
  return passed < 130000 ? `${Math.round(passed / 3600)} h ago` : `${Math.round(passed / 86400)} d ago`;
}

/** Between two instants, in seconds. */
export function between(from, to) {
  return (new Date(to) - new Date(from)) / 1000;
}

export function plural(number, one, many = `${one}s`) {
  return `${whole(number)} ${number === 1 ? one : many}`;
}

/** A model's task in words. */
export function task(model) {
  const {kind, sigmaMin, sigmaMax, qualityMin, qualityMax} = model.task;
  switch (kind) {
    case "denoise":
      return sigmaMin === sigmaMax ? `Noise of sigma ${sigmaMin}` : `Noise of any level up to sigma ${sigmaMax}`;
    case "jpeg":
      return `JPEG artefacts, quality ${qualityMin} to ${qualityMax}`;
    case "super-resolution":
      return `Resolution, ×${model.scale}`;
    default:
      return kind;
  }
}

/** What was asked for, in words. */
export function depth(wanted) {
  switch (wanted.kind) {
    case "fixed":
      return `pointer ${wanted.pointer}`;
    case "adaptive":
      return `adaptive, ${wanted.rule ?? "sharpness"} ${wanted.threshold}`;
    default:
      return "automatic";
  }
}

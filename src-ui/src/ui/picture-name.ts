const PICTURE = /\.(png|jpe?g|gif|webp)$/i;

/** By its name; only its bytes tell whether it is one. */
export function isPicture(path: string): boolean {
  return PICTURE.test(path);
}

/** A picture that is text as well. */
export function isDrawing(path: string): boolean {
  return /\.svg$/i.test(path);
}

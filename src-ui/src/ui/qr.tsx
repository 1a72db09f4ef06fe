import { QRCodeSVG } from "qrcode.react";
import css from "./qr.module.css";

/** Black on white in every theme: that is what cameras read. */
export function Qr({ text, label }: { text: string; label: string }) {
  return (
    <div className={css.qr}>
      <QRCodeSVG value={text} size={168} level="L" marginSize={2} role="img" aria-label={label} />
    </div>
  );
}

import { Bot } from "lucide-react";
import { useState } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Providers } from "./providers";

/** The owner's way to the agents of this host. */
export function AgentsButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" square aria-label={t("providers")} title={t("providers")} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Bot size={15} aria-hidden />
      </Button>
      {open && <Providers onClose={() => setOpen(false)} />}
    </>
  );
}

import { memo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { t } from "../messages/t";
import { blocks } from "./blocks";
import { CodeBlock } from "./code-block";
import { Highlighted } from "./highlight/highlighted";
import css from "./markdown.module.css";

type Props = { text: string };

/**
 * Markdown of an agent or a guest: untrusted. Raw HTML is shown as text, addresses that are not web
 * or mail lose their link, pictures are never fetched.
 */
export function Markdown({ text }: Props) {
  return (
    <div className={css.markdown}>
      {blocks(text).map((block, index) => (
        <Block key={index} text={block} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text }: Props) {
  return (
    <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={webOrMail}>
      {text}
    </ReactMarkdown>
  );
});

const PLUGINS = [remarkGfm];

const COMPONENTS: Components = {
  a: ({ href, children }) =>
    href ? (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  input: ({ checked }) => <input type="checkbox" disabled readOnly checked={checked ?? false} aria-label={t(checked ? "markdown.done" : "markdown.open")} />,
  img: ({ src, alt }) => {
    const name = t("markdown.picture", { name: alt || t("markdown.unnamed") });
    return typeof src === "string" && src !== "" ? (
      <a href={src} target="_blank" rel="noopener noreferrer">
        {name}
      </a>
    ) : (
      <span>{name}</span>
    );
  },
  code: ({ className, children }) => {
    const language = /language-([\w+#-]+)/.exec(className ?? "")?.[1]?.toLowerCase();
    if (!language || typeof children !== "string") return <code>{children}</code>;
    return <Highlighted language={language} code={children} />;
  },
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => (
    <div className={css.table} tabIndex={0} role="region" aria-label={t("markdown.table")}>
      <table>{children}</table>
    </div>
  ),
};

function webOrMail(address: string): string {
  return /^(https?:\/\/|mailto:)/i.test(address) ? address : "";
}

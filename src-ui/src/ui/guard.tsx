import { Component, type ReactNode } from "react";

type Props = { /** What takes the place of a part that broke. */ instead: (error: unknown, again: () => void) => ReactNode; children: ReactNode };
type State = { broken: { error: unknown } | null };

/** WI22: what breaks in here breaks nothing around it. */
export class Guard extends Component<Props, State> {
  override state: State = { broken: null };

  static getDerivedStateFromError(error: unknown): State {
    return { broken: { error } };
  }

  override render() {
    const { broken } = this.state;
    if (!broken) return this.props.children;
    return this.props.instead(broken.error, () => this.setState({ broken: null }));
  }
}

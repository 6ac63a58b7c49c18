import type { ReactNode } from "react";
import type { Sending } from "@/components/factors/face";
import { unbroken } from "@/components/factors/sent-code/unbroken";
import { ActionForm } from "@/components/form/action-form";
import { Addressed } from "@/components/ui/addressed";
import { Countdown } from "@/components/ui/countdown";
import { SubmitButton } from "@/components/ui/submit-button";
import { timeSlot } from "@/components/ui/time-slot";
import { between, inSeconds } from "@/lib/kernel/duration";
import { languageTags, type Say } from "@/lib/messages/say";

type PanelProps = {
  readonly sending: Sending;
  readonly say: Say;
  /** The page's own hidden fields. */
  readonly children: ReactNode;
};

/**
 * The way to a code, or to another one: at once, from a moment on, or no more. The moment is only a comfort, the server keeps it. Its form
 * stands apart from the code's, so that what is typed there stays, and an error of sending stands here.
 */
export function SendPanel({ sending, say, children }: PanelProps) {
  const { view, now, language } = sending;
  const { againAt } = view;
  const buttons = (
    <SendForm sending={sending} say={say}>
      {children}
    </SendForm>
  );
  if (!view.mayAskAgain) return <p className="text-sm text-muted">{say("post.no_more")}</p>;
  if (againAt === null) return buttons;
  return (
    <div className="group grid items-start">
      <div className={`${place} min-h-11`}>
        <Countdown
          seconds={inSeconds(between(now, againAt))}
          language={languageTags[language]}
          words={{ left: say("post.again_in", { time: timeSlot }) }}
          fixed={say("post.again_at", { at: againAt })}
        />
      </div>
      <div className={`${place} invisible group-has-data-over:visible noscript:visible noscript:row-start-2`}>
        {buttons}
      </div>
    </div>
  );
}

/** The sentence, with room for two lines, and what takes its place lie in one place, so that nothing moves. Without scripts both are seen. */
const place = "col-start-1 row-start-1";

/** One button for each address: the one that was used last first. */
function SendForm({ sending, say, children }: PanelProps) {
  const { view, send } = sending;
  const { sentTo, sentToId, addresses } = view;
  const [first, ...more] = addresses;
  if (!first) return null;
  const isFirst = sentTo === null;
  const others = isFirst ? more : addresses.filter(({ factorId }) => factorId !== sentToId);
  const usual = isFirst ? first.factorId : sentToId;
  const hasChoice = addresses.length > 1 && usual !== null;
  return (
    <ActionForm action={send} label={say(isFirst ? "post.send_button" : "post.send_again_button")}>
      {children}
      {isFirst && (
        <p>
          <Addressed text={say("post.not_sent", { to: unbroken(first.to) })} />
        </p>
      )}
      <div className="grid justify-items-start gap-2">
        <SubmitButton
          look={isFirst ? "primary" : "text"}
          wide={isFirst}
          pending={say("frame.one_moment")}
          {...(hasChoice && { name: "factorId", value: usual })}
        >
          {say(isFirst ? "post.send_button" : "post.send_again_button")}
        </SubmitButton>
        {others.map(({ factorId, to }) => (
          <SubmitButton key={factorId} look="text" pending={say("frame.one_moment")} name="factorId" value={factorId}>
            {say("post.send_to_button", { to: unbroken(to) })}
          </SubmitButton>
        ))}
      </div>
    </ActionForm>
  );
}

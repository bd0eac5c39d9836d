import { useLanguage } from "../language";
import { addressOf, type Page, SERVICES } from "../routes";
import { useAccess } from "../session";

export function StartPage() {
  const { words } = useLanguage();
  const { settings } = useAccess();
  const text = words.start;
  return (
    <>
      <h1>{text.heading}</h1>
      <p className="lead">{text.lead}</p>
      {settings.isDevelopment && <p className="note">{text.development}</p>}
      <h2>{text.first}</h2>
      <ul className="cards">
        {text.firstSteps.map(([page, title, about]) => (
          <li key={page}>
            <a href={addressOf(page as Page)}>{title}</a>
            <p>{about}</p>
          </li>
        ))}
      </ul>
      <h2>{text.services}</h2>
      <ul className="cards">
        <li className="door">
          <h3>{text.gateway}</h3>
          <p>{text.gatewayText}</p>
          <code>POST /graphql</code>
        </li>
        {SERVICES.map((one) => (
          <li key={one}>
            <h3>
              <a href={addressOf("reference", one)}>{text[one]}</a>
            </h3>
            <p>{text[`${one}Text`]}</p>
          </li>
        ))}
      </ul>
      <h2>{text.audience}</h2>
      <ul className="plain">
        {text.audienceList.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  );
}

import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from 'react-email'
import type { EmailBody } from './email-body'

/**
 * Colours stand inline on warm paper, which is what every client understands. Clients with a dark mode of their own
 * either read the second palette below or invert the first: near-black on paper and on amber stays readable both ways.
 */
const paper = '#fbf4e8'
const card = '#fffbf4'
const ink = '#1e1710'
const quietInk = '#5c4f3f'
const line = '#e2d3bb'
const amber = '#ffb224'
const onAmber = '#1a1005'
const link = '#8a4b00'

const darkPalette = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
	.mail-page, .mail-page > table > tbody > tr > td { background-color: #0c0a08 !important; }
	.mail-card { background-color: #16120e !important; border-color: #ffb224 #352c22 #352c22 !important; }
	.mail-ink { color: #f7f0e6 !important; }
	.mail-quiet { color: #b8ab9a !important; }
	.mail-link { color: #ffb83d !important; }
	.mail-line { border-color: #352c22 !important; }
}
`

const fonts =
	'"Avenir Next", Avenir, "Segoe UI", Cantarell, Ubuntu, "DejaVu Sans", system-ui, Helvetica, Arial, sans-serif'
const text = { margin: '0 0 18px', fontSize: '17px', lineHeight: '1.6', color: ink }

/** The one frame of all mails. Nothing in it is loaded from elsewhere: opening a mail tells nobody anything. */
export function EmailLayout({ content }: { content: EmailBody }) {
	return (
		<Html lang="en" dir="ltr">
			<Head>
				<title>{content.subject}</title>
				<meta name="color-scheme" content="light dark" />
				<meta name="supported-color-schemes" content="light dark" />
				<style>{darkPalette}</style>
			</Head>
			<Preview>{content.preview}</Preview>
			<Body
				className="mail-page"
				style={{ margin: 0, padding: '24px 12px', backgroundColor: paper, fontFamily: fonts }}
			>
				<Container style={{ maxWidth: '560px', margin: '0 auto' }}>
					<Section style={{ padding: '4px 4px 18px' }}>
						<Text
							className="mail-ink"
							style={{ margin: 0, color: ink, fontSize: '19px', fontWeight: 700, lineHeight: '1.3' }}
						>
							<span aria-hidden="true" style={{ color: amber }}>
								▙
							</span>
							&nbsp; AI Hero
						</Text>
					</Section>
					<Section
						className="mail-card"
						style={{
							padding: '30px 28px 14px',
							backgroundColor: card,
							border: `1px solid ${line}`,
							borderTop: `4px solid ${amber}`,
							borderRadius: '10px',
						}}
					>
						<Heading
							as="h1"
							className="mail-ink"
							style={{
								margin: '0 0 18px',
								fontSize: '27px',
								lineHeight: '1.2',
								letterSpacing: '-0.4px',
								color: ink,
							}}
						>
							{content.heading}
						</Heading>
						{content.paragraphs.map((paragraph) => (
							<Text key={paragraph} className="mail-ink" style={text}>
								{paragraph}
							</Text>
						))}
						<Courses courses={content.courses} />
						{content.action === null ? null : (
							<Section style={{ padding: '8px 0 20px' }}>
								<Button
									href={content.action.href}
									style={{
										padding: '14px 24px',
										backgroundColor: amber,
										color: onAmber,
										borderRadius: '8px',
										fontSize: '17px',
										fontWeight: 700,
										textDecoration: 'none',
									}}
								>
									{content.action.label}
								</Button>
							</Section>
						)}
						<Notes notes={content.notes} />
					</Section>
					<Text
						className="mail-quiet"
						style={{ margin: '18px 4px 0', fontSize: '14px', lineHeight: '1.5', color: quietInk }}
					>
						{content.footer ??
							'You get this mail because of your AI Hero account or a bundle that you bought.'}
					</Text>
				</Container>
			</Body>
		</Html>
	)
}

function Courses({ courses }: Pick<EmailBody, 'courses'>) {
	if (courses.length === 0) return null
	return (
		<Section style={{ padding: '0 0 6px' }}>
			{courses.map(({ title, href }) => (
				<Text key={title} className="mail-ink" style={{ ...text, margin: '0 0 12px', fontWeight: 700 }}>
					{href === null ? (
						title
					) : (
						<Link href={href} className="mail-link" style={{ color: link, textDecoration: 'underline' }}>
							{title}
						</Link>
					)}
				</Text>
			))}
		</Section>
	)
}

function Notes({ notes }: Pick<EmailBody, 'notes'>) {
	if (notes.length === 0) return null
	return (
		<>
			<Hr className="mail-line" style={{ margin: '6px 0 18px', borderColor: line }} />
			{notes.map(({ text: words, link: target }) => (
				<Text
					key={words}
					className="mail-quiet"
					style={{ ...text, margin: '0 0 14px', fontSize: '15px', color: quietInk }}
				>
					{words}
					{target === undefined ? null : (
						<>
							{' '}
							<Link
								href={target.href}
								className="mail-link"
								style={{ color: link, textDecoration: 'underline' }}
							>
								{target.label}
							</Link>
						</>
					)}
				</Text>
			))}
		</>
	)
}

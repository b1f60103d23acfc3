'use client'

import ErrorPage from './error'
import './globals.css'

/** The same for an error in the layout itself, which this page has to replace. */
export default function GlobalErrorPage(props: { error: Error & { digest?: string }; retry: () => void }) {
	return (
		<html lang="en">
			<head>
				<title>Error · AI Hero sample</title>
			</head>
			<body className="min-h-dvh">
				<main>
					<ErrorPage {...props} />
				</main>
			</body>
		</html>
	)
}

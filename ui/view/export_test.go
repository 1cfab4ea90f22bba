package view

// FlowURL is where the session's documents are served.
func (s *Session) FlowURL() string { return s.server.URL() }

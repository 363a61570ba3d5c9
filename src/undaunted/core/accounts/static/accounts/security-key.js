// Ties the button of a page to the sign-in library's functions for security keys.
(function () {
  const button = document.getElementById('security-key-button')
  const problem = document.getElementById('security-key-problem')
  const ids = { credential: button.dataset.credential, data: 'security-key-data' }
  ids[button.dataset.part] = button.id
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    problem.hidden = false
  })
  window.allauth.webauthn.forms[button.dataset.securityKey]({ ids })
  button.dataset.ready = 'true'
})()
